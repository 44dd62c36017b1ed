import { expect } from 'chai';
import { parseAlternatives } from '../../../../src/lab/software/alternatives.ts';

describe('alternatives of a package', () => {
  it('are read from its installation script, with those that follow', () => {
    // netcat-openbsd 1.219-1 of Debian 12.
    const script = `
set -e
if [ "$1" = configure ]; then
    update-alternatives \\
        --install /bin/nc nc /bin/nc.openbsd 50 \\
        --slave /bin/netcat netcat /bin/nc.openbsd \\
        --slave /usr/share/man/man1/nc.1.gz nc.1.gz \\
                /usr/share/man/man1/nc_openbsd.1.gz
fi
`;
    expect(parseAlternatives(script)).to.deep.equal([
      { link: '/bin/nc', target: '/bin/nc.openbsd', priority: 50 },
      { link: '/bin/netcat', target: '/bin/nc.openbsd', priority: 50 },
      { link: '/usr/share/man/man1/nc.1.gz', target: '/usr/share/man/man1/nc_openbsd.1.gz', priority: 50 },
    ]);
  });

  it('that a script makes up while it runs, or takes away, are left out', () => {
    const script = [
      'update-alternatives --install "$link" nc /bin/nc.openbsd 50',
      'update-alternatives --install /usr/bin/x x /usr/lib/../../etc/x 50',
      'update-alternatives --remove nc /bin/nc.openbsd',
      'echo update-alternatives --install /bin/y y /bin/z 1',
    ].join('\n');
    expect(parseAlternatives(script)).to.deep.equal([]);
  });
});
