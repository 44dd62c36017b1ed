import { NotImplemented } from '../../os/not-implemented.ts';
import { createException } from '../engine/error-record.ts';
import { powerShellVersion } from '../engine/variables.ts';
import { HttpFailure, type HttpResponse } from '../http/client.ts';
import { createMemoryStream } from '../objects/streams.ts';
import { coerceNumber } from '../values/numbers.ts';
import { toText } from '../values/text.ts';
import { Dictionary, PsObject, type Value } from '../values/value.ts';
import { saveBody } from './files.ts';
import type { Cmdlet, CmdletContext, CmdletFailure } from './cmdlet.ts';
import type { ParameterSpec } from './binding.ts';
import { parseJson } from './json.ts';

const userAgent = `Mozilla/5.0 (Windows NT; Windows NT 10.0; en-US) WindowsPowerShell/${powerShellVersion}`;

const parameters: readonly ParameterSpec[] = [
  { name: 'Uri', position: 0 },
  { name: 'UseBasicParsing', isSwitch: true },
  { name: 'Method' },
  { name: 'Body' },
  { name: 'Headers' },
  { name: 'ContentType' },
  { name: 'TimeoutSec' },
  { name: 'UserAgent' },
  { name: 'OutFile' },
  { name: 'PassThru', isSwitch: true },
  { name: 'MaximumRedirection' },
  { name: 'DisableKeepAlive', isSwitch: true },
  { name: 'Proxy' },
  ...[
    'Credential',
    'Certificate',
    'CertificateThumbprint',
    'ProxyCredential',
    'SessionVariable',
    'TransferEncoding',
    'WebSession',
    'InFile',
  ].map((name) => ({ name, unsupported: true })),
  ...['UseDefaultCredentials', 'ProxyUseDefaultCredentials'].map((name) => ({
    name,
    isSwitch: true,
    unsupported: true,
  })),
];

const formBody = (body: Dictionary): string =>
  body
    .entries()
    .map(([key, value]) => `${encodeURIComponent(toText(key))}=${encodeURIComponent(toText(value))}`)
    .join('&');

const urlOf = (context: CmdletContext, uri: string): URL => {
  try {
    return new URL(/^[a-z][a-z0-9+.-]*:/i.test(uri) && !/^[\w.-]+:\d/.test(uri) ? uri : `http://${uri}`);
  } catch {
    const exception = createException('System.UriFormatException', 'Invalid URI: The hostname could not be parsed.');
    return context.terminate({ exception, category: 'NotSpecified', target: null, id: 'System.UriFormatException' });
  }
};

interface Prepared {
  readonly url: URL;
  readonly method: string;
  readonly body: Uint8Array | null;
  readonly headers: (readonly [string, string])[];
}

const isContentType = (name: string): boolean => name.toLowerCase() === 'content-type';

/** A hashtable is a form: in the query of a GET, in the body of anything else. */
const prepare = (context: CmdletContext): Prepared => {
  const url = urlOf(context, toText(context.argument('Uri') ?? null));
  const method = toText(context.argument('Method') ?? 'GET').toUpperCase();
  const given = context.argument('Body') ?? null;
  const text = given instanceof Dictionary ? formBody(given) : toText(given);
  const own = context.argument('Headers');
  const stated = own instanceof Dictionary ? own.entries() : [];
  const headers: [string, string][] = [
    ...stated
      .map(([name, value]): [string, string] => [toText(name), toText(value)])
      .filter(([name]) => !(context.has('ContentType') && isContentType(name))),
    ['User-Agent', toText(context.argument('UserAgent') ?? userAgent)],
  ];
  if (method === 'GET' || given === null) {
    if (given !== null) url.search = url.search === '' ? `?${text}` : `${url.search}&${text}`;
    return { url, method, body: method === 'GET' || method === 'HEAD' ? null : new Uint8Array(), headers };
  }
  const type =
    context.argument('ContentType') ??
    (!headers.some(([name]) => isContentType(name)) && (given instanceof Dictionary || method === 'POST')
      ? 'application/x-www-form-urlencoded'
      : null);
  if (type !== null) headers.push(['Content-Type', toText(type)]);
  return { url, method, body: given instanceof Uint8Array ? given : Buffer.from(text, 'utf8'), headers };
};

const webFailure = (
  { name }: CmdletContext,
  message: string,
  status: string,
  response: Value,
  details?: string,
): CmdletFailure => ({
  details,
  exception: createException('System.Net.WebException', message, [
    ['Status', status],
    ['Response', response],
  ]),
  category: 'InvalidOperation',
  target: { text: 'System.Net.HttpWebRequest', type: 'HttpWebRequest' },
  id: `WebCmdletWebResponseException,Microsoft.PowerShell.Commands.${name}`,
});

const headerTable = ({ headers }: HttpResponse): Dictionary => new Dictionary(false, headers);

const statusCode = ({ status, reason }: HttpResponse): PsObject =>
  new PsObject(['System.Net.HttpStatusCode'], [['value__', status]], {
    text: reason.replace(/\s/g, '') || String(status),
  });

const request = async (context: CmdletContext): Promise<HttpResponse> => {
  const { url, method, body, headers } = prepare(context);
  if (context.has('DisableKeepAlive')) throw new NotImplemented('-DisableKeepAlive');
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new NotImplemented(`requests to ${url.protocol}`);
  const given = context.argument('Proxy') ?? null;
  const proxy = given === null ? null : urlOf(context, toText(given));
  if (proxy !== null && proxy.protocol !== 'http:') throw new NotImplemented(`proxies of ${proxy.protocol}`);
  const client = context.frame.session.machine.http();
  const timeout = Number(coerceNumber(context.argument('TimeoutSec') ?? 0)?.value ?? 0) * 1000;
  const redirections = Number(coerceNumber(context.argument('MaximumRedirection') ?? 5)?.value ?? 5);
  let response: HttpResponse;
  try {
    response = await client.send({ url, method, body, headers, timeout, redirections, proxy });
  } catch (error) {
    if (error instanceof HttpFailure) return context.terminate(webFailure(context, error.message, error.status, null));
    throw error;
  }
  if (response.status < 400) return response;
  const answer = new PsObject(
    ['System.Net.HttpWebResponse'],
    [
      ['StatusCode', statusCode(response)],
      ['StatusDescription', response.reason],
      ['Headers', headerTable(response)],
      ['ResponseUri', response.url.href],
    ],
    { methods: { getresponsestream: () => createMemoryStream([Uint8Array.from(response.body)]) } },
  );
  return context.terminate(
    webFailure(
      context,
      `The remote server returned an error: (${response.status}) ${response.reason}.`,
      'ProtocolError',
      answer,
      // Its tags go: what is left is easier to read.
      response.body.length === 0 ? undefined : contentOf(response).replace(/<[^>]*>/g, ''),
    ),
  );
};

const contentOf = ({ headers, body }: HttpResponse): string => {
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  // Without a charset, Windows PowerShell reads ISO 8859-1.
  return Buffer.from(body).toString(/charset="?utf-8/i.test(type) ? 'utf8' : 'latin1');
};

const rawContent = (response: HttpResponse, content: string): string =>
  [
    `HTTP/${response.httpVersion} ${response.status} ${response.reason}`,
    ...response.headers.map(([name, value]) => `${name}: ${value}`),
    '',
    content,
  ].join('\r\n');

const responseObject = (response: HttpResponse, basic: boolean): PsObject => {
  const content = contentOf(response);
  return new PsObject(
    [
      basic
        ? 'Microsoft.PowerShell.Commands.BasicHtmlWebResponseObject'
        : 'Microsoft.PowerShell.Commands.HtmlWebResponseObject',
      'Microsoft.PowerShell.Commands.WebResponseObject',
    ],
    [
      ['StatusCode', response.status],
      ['StatusDescription', response.reason],
      ['Content', content],
      ['RawContent', rawContent(response, content)],
      ['Headers', headerTable(response)],
      ['RawContentLength', response.body.length],
    ],
    {
      missing: [
        'Forms',
        'Images',
        'InputFields',
        'Links',
        'ParsedHtml',
        'AllElements',
        'Scripts',
        'BaseResponse',
        'RawContentStream',
      ],
    },
  );
};

const requireUri = (context: CmdletContext): void => {
  if (context.has('Uri')) return;
  const message = 'Cannot process command because of one or more missing mandatory parameters: Uri.';
  const exception = createException('System.Management.Automation.ParameterBindingException', message);
  context.terminate({
    exception,
    category: 'InvalidArgument',
    target: null,
    id: 'MissingMandatoryParameter,Microsoft.PowerShell.Commands.InvokeWebRequestCommand',
  });
};

const invokeWebRequest: Cmdlet = {
  name: 'Invoke-WebRequest',
  parameters,
  start: (context) => ({
    process: async () => {
      requireUri(context);
      const response = await request(context);
      const file = context.argument('OutFile');
      if (file !== undefined) saveBody(toText(file), response.body, context);
      if (file === undefined || context.has('PassThru'))
        await context.output(responseObject(response, context.has('UseBasicParsing')));
    },
  }),
};

const invokeRestMethod: Cmdlet = {
  name: 'Invoke-RestMethod',
  parameters,
  start: (context) => ({
    process: async () => {
      requireUri(context);
      const response = await request(context);
      const file = context.argument('OutFile');
      if (file !== undefined) {
        saveBody(toText(file), response.body, context);
        return;
      }
      const content = contentOf(response);
      const type = response.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
      if (/xml/i.test(type)) throw new NotImplemented('Invoke-RestMethod of XML');
      await context.output(/json/i.test(type) ? parseJson(content) : content);
    },
  }),
};

export const webCmdlets: readonly Cmdlet[] = [invokeWebRequest, invokeRestMethod];
