import { useEffect, useState } from 'preact/hooks';
import { formatHash, parseHash, type Address } from './hash.ts';

/** The page's address, and a way to change parts of it without a new entry in the history. */
export const useAddress = (): readonly [Address, (change: Partial<Address>) => void] => {
  const [address, setAddress] = useState(() => parseHash(location.hash));
  useEffect(() => {
    const onHashChange = (): void => setAddress(parseHash(location.hash));
    addEventListener('hashchange', onHashChange);
    return () => removeEventListener('hashchange', onHashChange);
  }, []);
  const change = (part: Partial<Address>): void => {
    const next = { ...address, ...part };
    // At once, not when the event comes: a browser may hold back an address that changes at every key.
    setAddress(next);
    location.replace(formatHash(next));
  };
  return [address, change];
};
