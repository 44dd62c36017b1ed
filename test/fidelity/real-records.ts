import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import { readEvtx } from '../../src/formats/evtx/read-evtx.ts';
import { createLogLosses } from '../../src/formats/log/losses.ts';
import { createSources } from '../../src/formats/log/sources.ts';
import { formOf } from './formats.ts';

export interface RealField {
  readonly filled: number;
  /** In how many records the field is there and empty, or not there. */
  readonly empty: number;
  readonly forms: ReadonlySet<string>;
}

export interface RealRecords {
  readonly samples: number;
  readonly fields: ReadonlyMap<string, RealField>;
}

interface Counted {
  filled: number;
  readonly forms: Set<string>;
}

/** What every record has, whatever its event: not part of the event's own data. */
const system =
  /^(Provider_|EventID|Version$|Level$|Task$|Opcode$|Keywords$|TimeCreated_|EventRecordID$|Correlation_|Execution_|Channel$|Computer$|Security_UserID$)/;

/** Real recordings by channel and event id (`Security 4688`), from an archive of EVTX files. */
export const readRealRecords = async (archive: string): Promise<ReadonlyMap<string, RealRecords>> => {
  const sourceOf = createSources();
  const found = new Map<string, { samples: number; fields: Map<string, Counted> }>();
  for await (const entry of createReadStream(archive).pipe(createGunzip()).pipe(extract())) {
    const file = entry.header.name;
    const data = await buffer(entry);
    if (!file.endsWith('.evtx')) continue;
    for await (const batch of readEvtx(Readable.from([data]), { file, sourceOf, losses: createLogLosses(file) })) {
      for (const { source, fields } of batch) {
        const key = `${source.channel ?? ''} ${source.eventId ?? ''}`;
        const records = found.get(key) ?? { samples: 0, fields: new Map<string, Counted>() };
        found.set(key, records);
        records.samples++;
        for (const [name, value] of Object.entries(fields)) {
          if (system.test(name)) continue;
          const field = records.fields.get(name) ?? { filled: 0, forms: new Set<string>() };
          records.fields.set(name, field);
          if (value === null || value === '') continue;
          field.filled++;
          field.forms.add(formOf(String(value)));
        }
      }
    }
  }
  return new Map(
    [...found].map(([key, { samples, fields }]) => [
      key,
      {
        samples,
        fields: new Map([...fields].map(([name, field]) => [name, { ...field, empty: samples - field.filled }])),
      },
    ]),
  );
};
