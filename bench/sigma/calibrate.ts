/**
 * Nanoseconds of processor that one step of a fixed loop takes now. A shared machine gives half or less of what it gives alone: rates of
 * different moments are compared by it.
 */
export const calibrate = (): number => {
  const text = 'abcdefghij'.repeat(100);
  let key = 0;
  const run = (rounds: number): void => {
    for (let round = 0; round < rounds; round++)
      for (let index = 0; index < text.length; index++) key = ((key << 7) | text.charCodeAt(index)) & 0xfff_ffff;
  };
  run(20_000);
  const before = process.cpuUsage();
  run(50_000);
  const { user, system } = process.cpuUsage(before);
  return key < 0 ? 0 : ((user + system) * 1000) / (50_000 * text.length);
};
