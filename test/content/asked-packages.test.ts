import { expect } from 'chai';
import { askedPackages } from '../../src/content/atomics/asked-packages.ts';

describe('packages that a prerequisite would install', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    [
      '(which yum && yum -y install epel-release nmap)||(which apt-get && DEBIAN_FRONTEND=noninteractive apt-get install -y nmap)||(which pkg && pkg install -y nmap)',
      ['nmap'],
    ],
    ['apt-get -y install squid curl ; echo done', ['curl', 'squid']],
    ['apt install -y at >/dev/null 2>&1', ['at']],
    ["sudo apt-get install -y sed 2>/dev/null || echo 'not there'", ['sed']],
    ['apt-get update\napt-get install -y python3 python3-venv\npip install requests', ['python3', 'python3-venv']],
    ['echo "apt update"; brew install nmap', []],
    ['apt-get install -y $(cat list) #{package}', []],
  ];
  for (const [command, packages] of cases)
    it(`of ${JSON.stringify(command)}`, () => expect(askedPackages(command)).to.deep.equal(packages));
});
