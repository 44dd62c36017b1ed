import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { NotImplemented } from '../../../src/windows/os/not-implemented.ts';
import { userSid } from '../../../src/windows/os/sid.ts';
import { runSchtasks } from '../../../src/windows/schtasks/run-schtasks.ts';
import { parseTask } from '../../../src/windows/tasks/parse-task.ts';
import { createTestScheduler, type TestScheduler } from '../support/task-scheduler.ts';

const flags = '-NoProfile -WindowStyle Hidden';

/** schtasks and the service behind it, on a drive of their own. */
describe('schtasks', () => {
  let drive: string;
  let now: number;
  let service: TestScheduler;
  let records: TestScheduler['records'];
  let statements: TestScheduler['statements'];
  let schtasks: (...args: readonly string[]) => Promise<{ readonly code: number; readonly out: string }>;
  let answers: string[];

  beforeEach(() => {
    drive = mkdtempSync(join(tmpdir(), 'tocsin-tasks-'));
    now = Date.parse('2026-11-20T19:30:12');
    answers = [];
    service = createTestScheduler(drive, () => now);
    ({ records, statements } = service);
    schtasks = async (...args) => {
      let out = '';
      const code = await runSchtasks(args, {
        scheduler: service.client,
        user: 'LAB\\analyst',
        computer: 'WORKSTATION',
        now: () => now,
        readFile: () => null,
        ask: (question) => {
          out += question;
          return answers.shift() ?? null;
        },
        write: (text) => (out += text),
        writeError: (text) => (out += text),
      });
      return { code, out };
    };
  });
  afterEach(() => rmSync(drive, { recursive: true }));

  const create = (...more: readonly string[]): ReturnType<typeof schtasks> =>
    schtasks(
      '/Create',
      '/TN',
      'Health',
      '/TR',
      `powershell.exe ${flags} -Command x`,
      '/SC',
      'MINUTE',
      '/MO',
      '5',
      ...more,
    );

  const eventIds = (): number[] => records.map(({ eventId }) => eventId);

  it('registers a task: its file, its events with its XML, and whom they are of', async () => {
    expect(await create()).to.deep.equal({
      code: 0,
      out: 'SUCCESS: The scheduled task "Health" has successfully been created.\r\n',
    });
    const xml = readFileSync(`${drive}/Windows/System32/Tasks/Health`).toString('utf16le').replace('\uFEFF', '');
    const { registration, triggers, principal, actions } = parseTask(xml);
    expect(registration).to.include({ author: 'LAB\\analyst', date: '2026-11-20T19:30:12', uri: '\\Health' });
    expect(triggers).to.have.length(1);
    expect(triggers[0]).to.include({ kind: 'time', start: '2026-11-20T19:30:00' });
    expect(triggers[0]?.repetition).to.include({ interval: 'PT5M' });
    expect(principal).to.include({ userId: 'LAB\\analyst', logonType: 'InteractiveToken' });
    expect(actions).to.deep.equal([
      { command: 'powershell.exe', arguments: `${flags} -Command x`, workingDirectory: undefined },
    ]);
    expect(eventIds()).to.deep.equal([4698, 106]);
    expect(records[0]?.data).to.deep.equal({
      SubjectUserSid: userSid('LAB', 'analyst'),
      SubjectUserName: 'analyst',
      SubjectDomainName: 'LAB',
      TaskName: '\\Health',
      TaskContent: xml,
    });
    expect(statements).to.deep.equal([
      { request: 1, client: 77 },
      { request: 1, file: `${drive}/Windows/System32/Tasks/Health` },
    ]);
    expect(records.every(({ request }) => request === 1)).to.equal(true);
  });

  it('asks before it replaces a task, and says so in the log as an update', async () => {
    await create();
    answers = ['n', 'Y'];
    expect((await create()).code).to.equal(1);
    expect(eventIds()).to.deep.equal([4698, 106]);
    const replaced = await create();
    expect(replaced.out).to.match(
      /^WARNING: The task name "Health" already exists\. Do you want to replace it \(Y\/N\)\? SUCCESS/,
    );
    expect((await create('/F')).code).to.equal(0);
    expect(eventIds()).to.deep.equal([4698, 106, 4702, 140, 4702, 140]);
    expect(records.at(-2)?.data).to.have.property('TaskContentNew');
  });

  it('deletes a task with its file, and says when there is none', async () => {
    await create();
    expect(await schtasks('/delete', '/tn', '\\health', '/f')).to.deep.equal({
      code: 0,
      out: 'SUCCESS: The scheduled task "\\health" was successfully deleted.\r\n',
    });
    expect(existsSync(`${drive}/Windows/System32/Tasks/Health`)).to.equal(false);
    expect(eventIds().slice(2)).to.deep.equal([4699, 141]);
    expect(await schtasks('/run', '/tn', 'Health')).to.deep.equal({
      code: 1,
      out: 'ERROR: The system cannot find the file specified.\r\n',
    });
  });

  it('lists tasks with their next run, as a table, a list, CSV and XML', async () => {
    await create();
    const { out } = await schtasks();
    expect(out.split('\r\n').slice(1, 5)).to.deep.equal([
      'Folder: \\',
      'TaskName                                 Next Run Time          Status         ',
      '======================================== ====================== ===============',
      'Health                                   11/20/2026 7:35:00 PM  Ready          ',
    ]);
    const list = await schtasks('/query', '/tn', 'Health', '/fo', 'list', '/v');
    expect(list.out).to.include(`Task To Run:                          powershell.exe ${flags} -Command x\r\n`);
    const csv = await schtasks('/query', '/fo', 'CSV', '/nh');
    expect(csv.out).to.equal('"\\Health","11/20/2026 7:35:00 PM","Ready"\r\n');
    const xml = await schtasks('/query', '/tn', 'Health', '/xml');
    expect(parseTask(xml.out.trim()).actions[0]?.command).to.equal('powershell.exe');
  });

  it('disables a task, which then does not run', async () => {
    await create();
    expect((await schtasks('/change', '/tn', 'Health', '/disable')).out).to.equal(
      'SUCCESS: The parameters of scheduled task "Health" have been changed.\r\n',
    );
    expect(eventIds().slice(2)).to.deep.equal([4701, 142]);
    expect((await schtasks('/query', '/fo', 'CSV', '/nh')).out).to.equal('"\\Health","N/A","Disabled"\r\n');
    expect((await schtasks('/run', '/tn', 'Health')).code).to.equal(1);
  });

  it('waits for the trigger, and says in the log what came of a program that is not there', async () => {
    await create();
    expect(service.pending?.due).to.equal(now + 60_000);
    now = Date.parse('2026-11-20T19:35:00');
    service.pending?.act();
    await schtasks();
    expect(eventIds().slice(2)).to.deep.equal([107, 203]);
    expect(records.at(-1)?.data).to.include({ ResultCode: 0x8007_0002 });
    // The trigger's work is done for whoever registered the task.
    expect(records.at(-1)?.request).to.equal(1);
  });

  it('says what is wrong with its arguments, in its own words', async () => {
    const usage = 'Type "SCHTASKS /CREATE /?" for usage.\r\n';
    expect((await schtasks('/create', '/tn', 'x', '/sc', 'daily')).out).to.equal(
      `ERROR: Invalid syntax. Mandatory option 'tr' is missing.\r\n${usage}`,
    );
    expect((await schtasks('/create', '/tn', 'x', '/tr', 'y', '/sc', 'never')).out).to.equal(
      `ERROR: Invalid syntax. Invalid Schedule Type specified.\r\n${usage}`,
    );
    expect((await schtasks('/create', '/what')).out).to.equal(`ERROR: Invalid argument/option - '/what'.\r\n${usage}`);
    expect((await schtasks('/frobnicate')).out).to.equal(
      'ERROR: Invalid argument/option - \'/frobnicate\'.\r\nType "SCHTASKS /?" for usage.\r\n',
    );
    expect(
      (await schtasks('/create', '/tn', 'x', '/sc', 'once', '/st', '10:00', '/tr', 'y'.repeat(262))).code,
    ).to.equal(1);
    expect(records).to.deep.equal([]);
  });

  it('warns of a time that has passed, and makes the task all the same', async () => {
    const { code, out } = await schtasks('/create', '/tn', 'x', '/tr', 'y', '/sc', 'once', '/st', '10:00');
    expect(code).to.equal(0);
    expect(out).to.equal(
      'WARNING: Task may not run because /ST is earlier than current time.\r\nSUCCESS: The scheduled task "x" has successfully been created.\r\n',
    );
  });

  it('has no other computer to ask, and says that this is the persona', async () => {
    try {
      await schtasks('/query', '/s', 'DC01');
      expect.fail('it asked');
    } catch (error) {
      expect(error).to.be.instanceOf(NotImplemented);
    }
  });
});
