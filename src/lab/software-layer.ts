/** Debian packages with all that they need, unpacked on the machine: a host gets them without anybody installing them. */
export interface SoftwareLayer {
  /** Hash of its packages and their versions. */
  readonly id: string;
  /** Holds `usr`, laid over the host's own and read-only, and `own`: the rest, which every host gets a copy of. */
  readonly folder: string;
  /** `name_version_architecture`, sorted. */
  readonly packages: readonly string[];
}
