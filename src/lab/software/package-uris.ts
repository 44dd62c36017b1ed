/** One package, as the sources have it. */
export interface DebianPackage {
  readonly name: string;
  readonly version: string;
  readonly architecture: string;
  /** Bytes of the archive. */
  readonly size: number;
}

/** `name_version_architecture`, with the version as file names have it: safe as one, and one to one. */
export const packageId = ({ name, version, architecture }: DebianPackage): string =>
  `${name}_${version.replaceAll(':', '%3a')}_${architecture}`;

/** Reads what `apt-get --print-uris` prints: `'URI' FILE SIZE HASH` a line, the file as `name_version_architecture.deb`. */
export const parsePackageUris = (text: string): readonly DebianPackage[] =>
  text.split('\n').flatMap((line) => {
    const [, name = '', version = '', architecture = '', size] =
      /^'[^']*' ([a-z0-9][a-z0-9+.-]*)_([^_\s/]+)_([a-z0-9]+)\.deb (\d+) /.exec(line) ?? [];
    if (size === undefined) return [];
    return [{ name, version: version.replaceAll('%3a', ':'), architecture, size: Number(size) }];
  });
