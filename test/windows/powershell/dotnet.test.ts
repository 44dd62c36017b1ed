import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { openPowerShell, type PowerShellHost } from '../support/run-powershell.ts';

describe(".NET's types in scripts", () => {
  let host: PowerShellHost;
  before(() => {
    host = openPowerShell();
  });
  after(() => host.close());

  const shows = async (script: string, stdout: string): Promise<void> => {
    const run = await host.run(script);
    expect([run.stdout, run.stderr], script).to.deep.equal([stdout, '']);
  };

  it('unpack a compressed cradle, in one line', async () => {
    const packed = gzipSync(Buffer.from("'ran ' + (1 + 1)")).toString('base64');
    await shows(
      `iex (New-Object IO.StreamReader(New-Object IO.Compression.GzipStream((New-Object IO.MemoryStream(,[Convert]::FromBase64String('${packed}'))),[IO.Compression.CompressionMode]::Decompress))).ReadToEnd()`,
      'ran 2\n',
    );
  });

  it('compress into a stream that is read again', async () => {
    await shows(
      `$m = New-Object System.IO.MemoryStream
       $g = New-Object System.IO.Compression.GzipStream($m, [System.IO.Compression.CompressionMode]::Compress)
       $b = [Text.Encoding]::UTF8.GetBytes('hello')
       $g.Write($b, 0, $b.Length); $g.Close()
       $m.Position = 0
       (New-Object IO.StreamReader (New-Object IO.Compression.GzipStream $m, ([IO.Compression.CompressionMode]::Decompress))).ReadToEnd()`,
      'hello\n',
    );
  });

  it('read and write files', async () => {
    await shows(
      `[IO.File]::WriteAllText("$env:TEMP\\n.txt", "a\`r\`nb"); [System.IO.File]::ReadAllLines("$env:TEMP\\n.txt").Count
       [IO.File]::Exists("$env:TEMP\\n.txt"); [IO.File]::ReadAllBytes("$env:TEMP\\n.txt").Length
       $w = New-Object IO.StreamWriter("$env:TEMP\\w.txt"); $w.WriteLine('x'); $w.Close()
       [IO.File]::ReadAllText("$env:TEMP\\w.txt").Trim()
       [IO.Directory]::GetFiles($env:TEMP).Count -ge 2`,
      '2\nTrue\n4\nx\nTrue\n',
    );
  });

  it('grow lists, build strings, match and take addresses apart', async () => {
    await shows(
      `$a = New-Object System.Collections.ArrayList; [void]$a.Add('x'); $a.Add('y'); $a.Count
       $l = [System.Collections.Generic.List[string]]::new(); $l.Add('p'); $l.Count; $l -join ','
       $s = New-Object Text.StringBuilder; [void]$s.Append('a').Append('b'); $s.ToString()
       ([regex]::Matches('a1b22', '\\d+') | % { $_.Value }) -join ','
       ([uri]'http://h.example:8080/p?q=1').Port; ([Uri]'https://h.example/p').Host`,
      '1\n2\n1\np\nab\n1,22\n8080\nh.example\n',
    );
  });

  it('keep settings of the network, and know who runs', async () => {
    await shows(
      `[Net.ServicePointManager]::SecurityProtocol = [Net.SecurityProtocolType]::Tls12
       [Net.ServicePointManager]::SecurityProtocol
       ([Security.Principal.WindowsPrincipal][Security.Principal.WindowsIdentity]::GetCurrent()).IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)
       $c = New-Object System.Management.Automation.PSCredential('LAB\\u', (ConvertTo-SecureString 'pw' -AsPlainText -Force))
       $c.UserName; $c.GetNetworkCredential().Password`,
      'Tls12\nTrue\nLAB\\u\npw\n',
    );
  });

  it('set variables of the user in the registry', async () => {
    const { records } = await host.run(`[Environment]::SetEnvironmentVariable('A', 'b', 'User')`);
    expect(records.find(({ eventId }) => eventId === 5)?.data).to.include({ ValueName: 'A', Data: 'b' });
  });

  it('fail loudly where this persona does not have them', async () => {
    const failed = await host.run('New-Object System.Drawing.Bitmap 1, 1').then(
      () => null,
      (error: unknown) => String(error),
    );
    expect(failed).to.contain('not implemented by the Windows persona: New-Object System.Drawing.Bitmap');
  });
});
