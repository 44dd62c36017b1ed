/** What a value of the registry holds. Numbers are unsigned. */
export type RegistryData =
  | { readonly type: 'REG_SZ' | 'REG_EXPAND_SZ'; readonly data: string }
  | { readonly type: 'REG_MULTI_SZ'; readonly data: readonly string[] }
  | { readonly type: 'REG_DWORD'; readonly data: number }
  | { readonly type: 'REG_QWORD'; readonly data: bigint }
  | { readonly type: 'REG_BINARY' | 'REG_NONE'; readonly data: Uint8Array };

export type RegistryType = RegistryData['type'];

/** winnt.h. */
export const typeNumbers: Readonly<Record<RegistryType, number>> = {
  REG_NONE: 0,
  REG_SZ: 1,
  REG_EXPAND_SZ: 2,
  REG_BINARY: 3,
  REG_DWORD: 4,
  REG_MULTI_SZ: 7,
  REG_QWORD: 11,
};

export const registryTypes = Object.keys(typeNumbers) as RegistryType[];

/** As text: what `reg query` and event 4657 show. */
export const plainText = (value: RegistryData): string => {
  switch (value.type) {
    case 'REG_SZ':
    case 'REG_EXPAND_SZ':
      return value.data;
    case 'REG_MULTI_SZ':
      return value.data.join('\\0');
    case 'REG_DWORD':
    case 'REG_QWORD':
      return `0x${value.data.toString(16)}`;
    case 'REG_BINARY':
    case 'REG_NONE':
      return Buffer.from(value.data).toString('hex').toUpperCase();
  }
};
