import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect } from 'chai';

// docs/design.md, "Rooms": data moves one way, and left of the recording never meets right of it.
const mayImport: Record<string, readonly string[]> = {
  model: ['util'],
  util: ['model'],
  formats: ['model', 'util'],
  attack: ['model', 'util'],
  content: ['model', 'util', 'attack'],
  recording: ['model', 'util', 'formats'],
  lab: ['model', 'util', 'formats'],
  services: ['model', 'util', 'formats'],
  windows: ['model', 'util', 'formats'],
  sensors: ['model', 'util', 'formats'],
  run: ['model', 'util', 'content', 'recording', 'lab', 'services', 'windows', 'sensors'],
  telemetry: ['model', 'util', 'formats', 'recording'],
  query: ['model', 'util', 'telemetry'],
  judge: ['model', 'util', 'attack', 'telemetry', 'query'],
  report: ['model', 'util', 'attack'],
  api: ['*'],
  cli: ['*'],
};

const src = resolve(import.meta.dirname, '../src');

const sourceFiles = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file));

const importsOf = (file: string): string[] => {
  const text = readFileSync(join(src, file), 'utf8');
  const specifiers = [...text.matchAll(/(?:from|import|import\()\s*['"](\.[^'"]+)['"]/g)].map(
    (match) => match[1] ?? '',
  );
  return specifiers.map((specifier) => relative(src, resolve(src, dirname(file), specifier)));
};

const roomOf = (file: string): string => file.split('/')[0] ?? '';

describe('the rooms of src', () => {
  it('import only what the table of rooms allows', () => {
    const offences = sourceFiles.flatMap((file) => {
      const allowed = mayImport[roomOf(file)] ?? [];
      return importsOf(file)
        .filter(
          (target) => roomOf(target) !== roomOf(file) && !allowed.includes('*') && !allowed.includes(roomOf(target)),
        )
        .map((target) => `${file} → ${target}`);
    });
    expect(offences).to.deep.equal([]);
  });

  it('are all in the table', () => {
    expect([...new Set(sourceFiles.map(roomOf))].filter((room) => !(room in mayImport))).to.deep.equal([]);
  });

  it('import nothing of api or cli', () => {
    const offences = sourceFiles
      .filter((file) => !['api', 'cli'].includes(roomOf(file)))
      .flatMap((file) => importsOf(file).filter((target) => ['api', 'cli'].includes(roomOf(target))));
    expect(offences).to.deep.equal([]);
  });
});
