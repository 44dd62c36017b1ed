import { expect } from 'chai';
import { parseTask } from '../../../src/windows/tasks/parse-task.ts';
import { openPowerShell, type PowerShellHost } from '../support/run-powershell.ts';

describe("PowerShell's scheduled tasks", () => {
  let host: PowerShellHost;
  beforeEach(() => {
    host = openPowerShell();
  });
  afterEach(() => host.close());

  const register = `
    $action = New-ScheduledTaskAction -Execute powershell.exe -Argument '-NoProfile -WindowStyle Hidden -c x'
    $trigger = New-ScheduledTaskTrigger -Once -At (Get-Date).AddSeconds(90)
    $trigger.Repetition = (New-ScheduledTaskTrigger -Once -At 3am -RepetitionInterval (New-TimeSpan -Minutes 5)).Repetition
    $settings = New-ScheduledTaskSettingsSet -Hidden -AllowStartIfOnBatteries -ExecutionTimeLimit (New-TimeSpan -Hours 1)`;

  it('are built of objects and registered, with the XML that the service logs', async () => {
    const { stdout, stderr, records } = await host.run(`${register}
      Register-ScheduledTask -TaskName Health -Action $action -Trigger $trigger -Settings $settings`);
    expect(stderr).to.equal('');
    expect(stdout.trim()).to.equal('TaskPath TaskName State\n-------- -------- -----\n\\        Health   Ready');
    const record = records.find(({ eventId }) => eventId === 4698);
    const { triggers, settings, actions, registration } = parseTask(String(record?.data['TaskContent']));
    expect(registration.uri).to.equal('\\Health');
    expect(actions[0]).to.include({ command: 'powershell.exe', arguments: '-NoProfile -WindowStyle Hidden -c x' });
    expect(triggers[0]).to.include({ kind: 'time', enabled: true });
    expect(triggers[0]?.start).to.match(/:36:26$/);
    expect(triggers[0]?.repetition).to.include({ interval: 'PT5M' });
    expect(settings).to.include({ hidden: true, disallowStartIfOnBatteries: false, executionTimeLimit: 'PT1H' });
  });

  it('are found, disabled and removed', async () => {
    const { stdout, stderr, records } = await host.run(`${register}
      $null = Register-ScheduledTask Health -Action $action -Trigger $trigger
      (Get-ScheduledTask -TaskName Hea*).Actions.Execute
      (Get-ScheduledTask Health | Disable-ScheduledTask).State
      (Get-ScheduledTaskInfo Health).LastTaskResult
      Unregister-ScheduledTask -TaskName Health -Confirm:$false
      @(Get-ScheduledTask).Count`);
    expect([stdout, stderr]).to.deep.equal(['powershell.exe\nDisabled\n267011\n0\n', '']);
    expect(records.filter(({ channel }) => channel === 'Security').map(({ eventId }) => eventId)).to.deep.equal([
      4698, 4701, 4699,
    ]);
  });

  it('are refused in the words of the cmdlets', async () => {
    const { stderr } = await host.run(`${register}
      $null = Register-ScheduledTask Health -Action $action
      Register-ScheduledTask Health -Action $action
      Get-ScheduledTask None`);
    expect(stderr).to.include('Register-ScheduledTask : Cannot create a file when that file already exists.');
    expect(stderr).to.include('FullyQualifiedErrorId : HRESULT 0x800700b7,Register-ScheduledTask');
    expect(stderr).to.include(
      "No MSFT_ScheduledTask objects found with property 'TaskName' equal to 'None'.  Verify the value of the",
    );
  });

  it('do not ask at a console that nobody sits at', async () => {
    const { stderr } = await host
      .run(`${register}\nRegister-ScheduledTask Health -Action $action\nUnregister-ScheduledTask Health`)
      .catch((error: unknown) => ({ stderr: String(error) }));
    expect(stderr).to.include(
      'not implemented by the Windows persona: Unregister-ScheduledTask without -Confirm:$false',
    );
  });
});
