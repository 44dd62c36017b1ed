/** The lab's one tenant of Entra ID, as it is before a drill: `lab/data/directory.yaml`. */
export interface Directory {
  readonly tenant: {
    readonly id: string;
    readonly name: string;
    /** What users sign in with, after the @. */
    readonly domain: string;
  };
  readonly users: readonly DirectoryUser[];
  readonly groups: readonly DirectoryGroup[];
  readonly applications: readonly Application[];
  readonly subscription: { readonly id: string; readonly name: string };
  readonly namedLocations: readonly NamedLocation[];
  readonly policies: readonly AccessPolicy[];
  /** What Identity Protection is declared to know of addresses. */
  readonly riskyNetworks: readonly RiskyNetwork[];
}

export interface DirectoryUser {
  readonly id: string;
  /** userPrincipalName. */
  readonly upn: string;
  readonly name: string;
  readonly password: string;
  readonly state: 'enabled' | 'disabled' | 'locked' | 'password-expired';
  /** Names of directory roles, for example `Global Administrator`. */
  readonly roles: readonly string[];
  /** Of the subscription: `Owner`, `Contributor`, `Reader`; null when Resource Manager refuses. */
  readonly azureRole: AzureRole | null;
}

export type AzureRole = 'Owner' | 'Contributor' | 'Reader';

export interface DirectoryGroup {
  readonly id: string;
  readonly name: string;
  /** Principal names of users. */
  readonly members: readonly string[];
}

/** A client that users sign in with, or a resource that tokens are for, or both. */
export interface Application {
  readonly id: string;
  readonly name: string;
  /** A client without a secret. */
  readonly isPublic: boolean;
  /** Null when it cannot sign in by itself. */
  readonly servicePrincipal: {
    readonly id: string;
    readonly secret: string;
    readonly azureRole: AzureRole | null;
    /** Whether it may change the directory. */
    readonly directoryWrite: boolean;
  } | null;
  /** Identifiers (URIs) by which tokens for it are asked. */
  readonly audiences: readonly string[];
  readonly redirects: readonly string[];
}

/** A name that the tenant gave to networks: what NetworkLocationDetails shows. */
export interface NamedLocation {
  readonly name: string;
  readonly prefixes: readonly string[];
  readonly trusted: boolean;
}

/** A policy of conditional access. */
export interface AccessPolicy {
  readonly id: string;
  readonly name: string;
  /** Principal names; absent: everybody. */
  readonly users: readonly string[] | null;
  /** Whether trusted locations are left out. */
  readonly exceptTrusted: boolean;
  readonly grant: 'mfa' | 'block';
}

export interface RiskyNetwork {
  readonly prefix: string;
  readonly detection: 'anonymizedIPAddress' | 'maliciousIPAddress';
  readonly level: 'low' | 'medium' | 'high';
}
