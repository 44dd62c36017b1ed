/** What a subscription has now. Ids are found whatever their case, and shown as they were first written. */
export interface Resources {
  group(name: string): ResourceGroup | null;
  groups(): readonly ResourceGroup[];
  putGroup(group: ResourceGroup): { readonly isNew: boolean };
  /** With everything in it. */
  removeGroup(name: string): void;
  find(id: string): Resource | null;
  /** Below an id, and of one type where it is given. */
  list(below: string, type: string | null): readonly Resource[];
  put(resource: Resource): { readonly isNew: boolean };
  remove(id: string): boolean;
  /** How many resources there ever were. */
  readonly count: number;
}

export interface ResourceGroup {
  readonly id: string;
  readonly name: string;
  readonly location: string;
  readonly tags: Readonly<Record<string, unknown>>;
}

export interface Resource {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly location: string;
  readonly rest: Readonly<Record<string, unknown>>;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly state: 'Creating' | 'Succeeded' | 'Deleting';
}

export const createResources = (): Resources => {
  const groups = new Map<string, ResourceGroup>();
  const resources = new Map<string, Resource>();
  let count = 0;
  const key = (text: string): string => text.toLowerCase();
  const isBelow = (id: string, scope: string): boolean => key(id).startsWith(`${key(scope)}/`);
  return {
    group: (name) => groups.get(key(name)) ?? null,
    groups: () => [...groups.values()],
    putGroup: (group) => {
      const isNew = !groups.has(key(group.name));
      groups.set(key(group.name), group);
      return { isNew };
    },
    removeGroup: (name) => {
      const group = groups.get(key(name));
      groups.delete(key(name));
      for (const [id, resource] of resources)
        if (group !== undefined && isBelow(resource.id, group.id)) resources.delete(id);
    },
    find: (id) => resources.get(key(id)) ?? null,
    list: (below, type) =>
      [...resources.values()].filter((one) => isBelow(one.id, below) && (type === null || key(one.type) === key(type))),
    put: (resource) => {
      const isNew = !resources.has(key(resource.id));
      if (isNew) count += 1;
      resources.set(key(resource.id), resource);
      return { isNew };
    },
    remove: (id) => resources.delete(key(id)),
    get count() {
      return count;
    },
  };
};

export const showResource = ({ id, name, type, location, rest, properties, state }: Resource): object => ({
  ...rest,
  ...{ id, name, type, location },
  properties: { ...properties, provisioningState: state },
});

export const showGroup = ({ id, name, location, tags }: ResourceGroup): object => ({
  ...{ id, name, type: 'Microsoft.Resources/resourceGroups', location, tags },
  properties: { provisioningState: 'Succeeded' },
});
