export interface RunnerCommand {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

const unescapeData = (text: string): string =>
  text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');

const unescapeProperty = (text: string): string => unescapeData(text.replaceAll('%3A', ':').replaceAll('%2C', ','));

/** What the runner of GitHub Actions understands of printed text: one line, one command; none while they are stopped. */
export const runnerCommands = (printed: string): readonly RunnerCommand[] => {
  const commands: RunnerCommand[] = [];
  let stopped: string | null = null;
  for (const line of printed.split(/\r\n|\r|\n/)) {
    const match = /^\s*::([^\s:]+)(?: ([^]*?))?::([^]*)$/.exec(line);
    if (match === null) continue;
    const [, name = '', properties = '', data = ''] = match;
    if (stopped !== null) {
      if (name === stopped) stopped = null;
      continue;
    }
    if (name === 'stop-commands') stopped = data;
    else commands.push({ name, properties: parseProperties(properties), data: unescapeData(data) });
  }
  return commands;
};

const parseProperties = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    text
      .split(',')
      .filter((pair) => pair.includes('='))
      .map((pair) => {
        const at = pair.indexOf('=');
        return [pair.slice(0, at).trim(), unescapeProperty(pair.slice(at + 1))];
      }),
  );
