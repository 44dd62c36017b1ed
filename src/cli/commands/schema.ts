import { Argument, type Command } from 'commander';
import { renderJsonSchema } from '../../api/schemas/json-schema.ts';
import { ourFormats } from '../../api/schemas/our-formats.ts';
import { exitCode } from '../../model/exit-code.ts';
import { renderTable } from '../../report/table/render-table.ts';
import type { Perform } from '../command-line.ts';

const help = `
An editor with a YAML server completes and checks a file whose first line names its schema:
  # yaml-language-server: $schema=.tocsin/schemas/scenario.schema.json
tocsin init writes the schemas and the lines; after an update of Tocsin:
  tocsin schema scenario > .tocsin/schemas/scenario.schema.json
`;

export const addSchema = (program: Command, perform: Perform): void => {
  program
    .command('schema')
    .description(
      'the JSON Schema of a format of ours, made from what its loader checks by; the list of formats without a name',
    )
    .addArgument(new Argument('[format]').choices(ourFormats.map(({ name }) => name)))
    .addHelpText('after', help)
    .action((name: string | undefined) =>
      perform(({ screen }) => {
        const format = ourFormats.find((one) => one.name === name);
        const rows = ourFormats.map((one) => [one.name, one.title, one.files]);
        screen.print(format === undefined ? renderTable(['Format', 'What', 'Files'], rows) : renderJsonSchema(format));
        return Promise.resolve(exitCode.ok);
      }),
    );
};
