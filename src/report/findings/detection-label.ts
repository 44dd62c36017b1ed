/** What people call a detection: its id, or its title with the beginning of an id that is a GUID. */
export const detectionLabel = ({ id, title }: { readonly id: string; readonly title: string }): string =>
  /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id) ? `${title} (${id.slice(0, 8)})` : id;
