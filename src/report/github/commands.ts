/** A workflow command's text: what would end its line is written as the runner reads it back. */
const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

/** A property's value, which ends at a comma or a colon besides. */
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice';
  /** Relative to the repository. */
  readonly file: string;
  readonly line?: number;
  readonly endLine?: number;
  readonly column?: number;
  readonly endColumn?: number;
  readonly title: string;
  readonly message: string;
}

/** One line that the runner of GitHub Actions makes an annotation of. */
export const annotationCommand = ({
  level,
  file,
  line,
  endLine,
  column,
  endColumn,
  title,
  message,
}: Annotation): string => {
  const properties = { file, line, endLine, col: column, endColumn, title };
  const written = Object.entries(properties).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${property(String(value))}`],
  );
  return `::${level} ${written.join(',')}::${data(message)}\n`;
};

/** From here on the runner takes no command from what is printed, until `resumeCommands`. `token` must not be guessed. */
export const stopCommands = (token: string): string => `::stop-commands::${token}\n`;

export const resumeCommands = (token: string): string => `::${token}::\n`;
