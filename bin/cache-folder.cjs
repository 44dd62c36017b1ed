const { homedir } = require('node:os');
const { isAbsolute, join } = require('node:path');

/** Where what can be made again is kept, by the XDG convention: a relative `XDG_CACHE_HOME` counts as none. */
exports.cacheFolder = () => {
  const { XDG_CACHE_HOME: xdg = '' } = process.env;
  return join(isAbsolute(xdg) ? xdg : join(homedir(), '.cache'), 'tocsin');
};
