/**
 * Debian packages that a prerequisite would install, read from its command, not run: `apt-get -y install nmap` asks for `nmap`.
 * In a sealed host that command could not reach anything; the lab can provide them before.
 */
export const askedPackages = (command: string): readonly string[] => {
  const found = [...command.matchAll(/\b(?:apt|apt-get)\s+((?:-\S+\s+)*)install\b([^;&|)\n$]*)/g)];
  const words = found.flatMap(([, , rest = '']) => rest.replaceAll(/\d?>\S*(?:\s*\/\S+)?/g, ' ').split(/[\s"'`]+/));
  return [...new Set(words.filter((word) => /^[a-z0-9][a-z0-9+.-]+$/.test(word)))].sort();
};
