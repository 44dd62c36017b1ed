/** Where products place an address. */
export interface Location {
  /** ISO 3166-1 alpha-2, for example `NL`. */
  readonly country: string;
  readonly region: string | null;
  readonly city: string | null;
  /** Degrees. */
  readonly latitude: number;
  readonly longitude: number;
}

/** A network operator of the lab's internet, and what products are declared to say of its addresses. */
export interface Provider {
  readonly name: string;
  readonly prefix: string;
  readonly asNumber: number;
  readonly asOrganization: string;
  readonly ipType: 'Public' | 'Private';
  readonly location: Location | null;
}
