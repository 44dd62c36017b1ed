/**
 * Which users of the machine the lab's users are. Real root is never one of them: a process of a user namespace whose user is
 * root outside may write the machine's /proc/sys.
 */
export type IdMap =
  /** As root: a range that no account of the machine has. */
  | { readonly kind: 'range'; readonly base: number; readonly count: number }
  /** As an ordinary user: the lab has one user, who is the caller. */
  | { readonly kind: 'single'; readonly uid: number; readonly gid: number };

/** systemd's UIDS-GIDS.md leaves 1879048192 and above to nobody. */
const rangeBase = 1_879_048_192;
const rangeCount = 65_536;

/** `outerMap` is /proc/self/uid_map: a caller who is root in a user namespace of its own may have no range to give. */
export const chooseIdMap = (uid: number, gid: number, outerMap: string): IdMap => {
  const fits = outerMap.split('\n').some((line) => {
    const [inside = 0, , count = 0] = line.trim().split(/\s+/).map(Number);
    return inside <= rangeBase && rangeBase + rangeCount <= inside + count;
  });
  if (uid === 0 && fits) return { kind: 'range', base: rangeBase, count: rangeCount };
  return { kind: 'single', uid, gid };
};

/** The user outside who is root in the lab. */
export const outerRoot = (map: IdMap): { readonly uid: number; readonly gid: number } =>
  map.kind === 'range' ? { uid: map.base, gid: map.base } : { uid: map.uid, gid: map.gid };

/** Contents of `uid_map` and `gid_map`; user_namespaces(7). */
export const renderIdMaps = (map: IdMap): { readonly uid: string; readonly gid: string } =>
  map.kind === 'range'
    ? { uid: `0 ${map.base} ${map.count}\n`, gid: `0 ${map.base} ${map.count}\n` }
    : { uid: `0 ${map.uid} 1\n`, gid: `0 ${map.gid} 1\n` };

/**
 * The agent's user in a host, apart from root so that no test can signal it. With a single user there is no other: a test
 * that kills the agent ends the host, and the run with it.
 */
export const agentUser = (map: IdMap): number => (map.kind === 'range' ? 64_000 : 0);
