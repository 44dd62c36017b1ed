import type { LogValue } from '../../../model/log-event.ts';

type Fields = Readonly<Record<string, LogValue>>;

/** Fields under the names that Sigma gives them: products may write `Threat Name`, rules write `ThreatName`. */
export const withPlainNames = (fields: Fields): Fields => {
  let plain: Record<string, LogValue> | null = null;
  for (const name in fields) {
    if (!name.includes(' ')) continue;
    const short = name.replaceAll(' ', '');
    if (Object.hasOwn(fields, short)) continue;
    plain ??= { ...fields };
    plain[short] = fields[name] ?? null;
  }
  return plain ?? fields;
};
