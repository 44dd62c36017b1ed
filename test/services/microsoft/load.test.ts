import { connect } from 'node:tls';
import { expect } from 'chai';
import fc from 'fast-check';
import { directory, openCloud, passwordOf, type TestCloud } from './cloud.ts';

const { tenant } = directory;
const tokenUrl = `https://login.microsoftonline.com/${tenant.id}/oauth2/v2.0/token`;

describe('the cloud of a lab', function () {
  this.timeout(60_000);
  let cloud: TestCloud;
  beforeEach(async () => (cloud = await openCloud()));
  afterEach(() => cloud[Symbol.asyncDispose]());

  it('logs a thousand sign-ins that come at once, each of them, and each with its own outcome', async () => {
    const username = `analyst1@${tenant.domain}`;
    const signIn = async (number: number): Promise<boolean> => {
      // An unknown user every third time: failures too, without locking anybody out.
      const isKnown = number % 3 !== 0;
      const { status } = await cloud.ask(tokenUrl, {
        form: {
          ...{ grant_type: 'password', client_id: '04b07795-8ddb-461a-bbee-02f9e1bf7b46', scope: 'User.Read' },
          ...{ username: isKnown ? username : `nobody${number}@${tenant.domain}`, password: passwordOf(username) },
        },
      });
      return status === 200;
    };
    let succeeded = 0;
    for (let start = 0; start < 1000; start += 50) {
      const answers = await Promise.all(Array.from({ length: 50 }, (_, index) => signIn(start + index)));
      succeeded += answers.filter(Boolean).length;
    }
    const results = cloud.records.map(({ record }) => record['resultType']);
    expect(results).to.have.length(1000);
    expect(results.filter((one) => one === '0')).to.have.length(succeeded);
    expect(succeeded).to.equal(666);
    expect(new Set(cloud.records.map(({ record }) => record.properties?.['id'])).size).to.equal(1000);
  });

  const paths = fc.constantFrom(
    'https://login.microsoftonline.com/common/oauth2/v2.0/token',
    'https://login.microsoftonline.com/common/oauth2/v2.0/devicecode',
    'https://login.microsoftonline.com/common/login',
    'https://login.microsoft.com/device',
    'https://graph.microsoft.com/v1.0/users',
    `https://management.azure.com/subscriptions/${directory.subscription.id}/resourceGroups/x?api-version=1`,
    'https://management.azure.com/%E0%A4%A',
    'https://elsewhere.example/',
  );

  it('answers whatever is sent as a request, never with an error of its own, and logs it', async () => {
    const request = fc.record({
      url: paths,
      method: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'),
      body: fc.oneof(
        fc.string({ unit: 'binary', maxLength: 200 }),
        fc.json(),
        fc
          .dictionary(fc.constantFrom('grant_type', 'client_id', 'scope', 'otc'), fc.string())
          .map((form) => String(new URLSearchParams(form))),
      ),
      headers: fc.constantFrom(
        {},
        { Authorization: 'Bearer x' },
        { Authorization: 'Basic ????' },
        { 'Content-Type': 'x' },
      ),
    });
    await fc.assert(
      fc.asyncProperty(request, async ({ url, ...rest }) => {
        const before = cloud.access.length;
        const { status } = await cloud.ask(url, rest);
        expect(status).to.be.within(200, 499);
        expect(cloud.access).to.have.length(before + 1);
      }),
      { numRuns: 400 },
    );
  });

  it('survives bytes that are no request, and logs that they came', async () => {
    const garbage = fc.uint8Array({ minLength: 1, maxLength: 300 });
    const send = (bytes: Uint8Array): Promise<void> =>
      new Promise((resolve) => {
        const socket = connect({ host: '127.0.0.1', port: cloud.port, rejectUnauthorized: false }, () =>
          socket.end(Buffer.concat([bytes, Buffer.from('\r\n\r\n')])),
        );
        socket.on('error', () => undefined);
        socket.on('data', () => undefined);
        socket.on('close', () => resolve());
      });
    let sent = 0;
    await fc.assert(
      fc.asyncProperty(garbage, async (bytes) => {
        await send(bytes);
        sent += 1;
        expect(cloud.access.length).to.be.at.least(sent);
      }),
      { numRuns: 100 },
    );
    const configuration = 'https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration';
    expect((await cloud.ask(configuration)).status).to.equal(200);
  });
});
