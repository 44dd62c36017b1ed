/** What is folded on the screen is printed: opens every `details` for the printer and folds it again. Returns how to stop. */
export const openForPrint = (): (() => void) => {
  let opened: readonly HTMLDetailsElement[] = [];
  const open = (): void => {
    opened = [...document.querySelectorAll<HTMLDetailsElement>('details:not([open])')];
    for (const details of opened) details.open = true;
  };
  const fold = (): void => {
    for (const details of opened) details.open = false;
  };
  addEventListener('beforeprint', open);
  addEventListener('afterprint', fold);
  return () => {
    removeEventListener('beforeprint', open);
    removeEventListener('afterprint', fold);
  };
};
