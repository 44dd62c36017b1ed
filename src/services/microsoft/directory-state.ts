import { randomUUID, timingSafeEqual } from 'node:crypto';
import type { Application, Directory, DirectoryGroup, DirectoryUser } from '../../model/directory.ts';

/** The directory as it is now: what a drill changes lasts as long as the service. */
export interface DirectoryState {
  readonly directory: Directory;
  readonly users: readonly DirectoryUser[];
  readonly groups: readonly DirectoryGroup[];
  /** By principal name or id. */
  findUser(name: string): DirectoryUser | null;
  addUser(user: Omit<DirectoryUser, 'id'>): DirectoryUser;
  changeUser(id: string, change: Partial<Omit<DirectoryUser, 'id'>>): DirectoryUser | null;
  removeUser(id: string): boolean;
  changeGroup(id: string, members: readonly string[]): DirectoryGroup | null;
  findApplication(id: string): Application | null;
  /** Whose tokens are asked for: a URI, with or without a slash at its end, or an id. */
  findResource(audience: string): Application | null;
  /** Counts what is tried, and locks: smart lockout after ten wrong passwords, for a minute. */
  tryPassword(user: DirectoryUser, password: string, now: number): 'right' | 'wrong' | 'locked';
}

const lockoutThreshold = 10;
const lockoutMs = 60_000;

export const createDirectoryState = (directory: Directory): DirectoryState => {
  let users = [...directory.users];
  let groups = [...directory.groups];
  const failures = new Map<string, { count: number; lockedUntil: number }>();
  const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

  const findUser: DirectoryState['findUser'] = (name) =>
    users.find(({ id, upn }) => same(upn, name) || same(id, name)) ?? null;

  const tryPassword: DirectoryState['tryPassword'] = ({ id, password: right, state }, password, now) => {
    const failed = failures.get(id) ?? { count: 0, lockedUntil: 0 };
    if (state === 'locked' || failed.lockedUntil > now) return 'locked';
    if (equal(password, right)) {
      failures.delete(id);
      return 'right';
    }
    failed.count += 1;
    if (failed.count >= lockoutThreshold) Object.assign(failed, { count: 0, lockedUntil: now + lockoutMs });
    failures.set(id, failed);
    return 'wrong';
  };

  return {
    directory,
    get users() {
      return users;
    },
    get groups() {
      return groups;
    },
    findUser,
    addUser: (user) => {
      const added = { ...user, id: randomUUID() };
      users = [...users, added];
      return added;
    },
    changeUser: (id, change) => {
      const user = findUser(id);
      if (user === null) return null;
      const changed = { ...user, ...change };
      users = users.map((one) => (one.id === user.id ? changed : one));
      return changed;
    },
    removeUser: (id) => {
      const before = users.length;
      users = users.filter((user) => !same(user.id, id));
      return users.length < before;
    },
    changeGroup: (id, members) => {
      groups = groups.map((group) => (same(group.id, id) ? { ...group, members } : group));
      return groups.find((group) => same(group.id, id)) ?? null;
    },
    findApplication: (id) => directory.applications.find((one) => same(one.id, id)) ?? null,
    findResource: (audience) => {
      const plain = audience.replace(/\/+$/, '');
      return (
        directory.applications.find(
          ({ id, audiences, servicePrincipal }) =>
            (same(id, plain) && (audiences.length > 0 || servicePrincipal !== null)) ||
            audiences.some((one) => same(one, plain)),
        ) ?? null
      );
    },
    tryPassword,
  };
};

export const equal = (one: string, other: string): boolean => {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
};
