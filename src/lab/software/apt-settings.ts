import { join } from 'node:path';

/**
 * Configuration for apt that reads the machine's sources and keys, and writes below `folder` only: an ordinary user may, and
 * the machine's own state stays as it is. With an empty status file nothing counts as installed, so every dependency is named.
 */
export const renderAptSettings = (folder: string): string =>
  [
    // The machine's hooks are for its own installations.
    ...['APT::Update::Pre-Invoke', 'APT::Update::Post-Invoke', 'APT::Update::Post-Invoke-Success'].map(
      (name) => `#clear ${name};`,
    ),
    setting('Dir::State', join(folder, 'state')),
    setting('Dir::State::lists', join(folder, 'state', 'lists')),
    setting('Dir::State::status', join(folder, 'status')),
    setting('Dir::Cache', join(folder, 'cache')),
    // Container images switch it off; it makes every question four times as fast.
    setting('Dir::Cache::pkgcache', 'pkgcache.bin'),
    // The user that apt becomes for downloads may not walk into a home.
    setting('APT::Sandbox::User', ''),
    setting('APT::Install-Recommends', 'false'),
    setting('Acquire::Languages', 'none'),
    setting('Acquire::Retries', '1'),
    setting('Acquire::http::Timeout', '20'),
    setting('Acquire::https::Timeout', '20'),
    // The folder gets its name when it is whole, and nobody writes into it afterwards.
    setting('Debug::NoLocking', 'true'),
    '',
  ].join('\n');

const setting = (name: string, value: string): string => `${name} ${JSON.stringify(value)};`;
