import { useEffect, useRef } from 'preact/hooks';
import { useReport } from '../report.ts';

const grammar = 's: verdict · d: detection · t: test · v: variant · h: host · m: mark · !: not';

export const SearchBox = () => {
  const { address, change } = useReport();
  const input = useRef<HTMLInputElement>(null);

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.target instanceof HTMLInputElement) return;
      event.preventDefault();
      input.current?.focus();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);

  return (
    <form role="search" class="search" onSubmit={(event) => event.preventDefault()}>
      <input
        ref={input}
        type="search"
        aria-label="Filter verdicts"
        aria-describedby="search-grammar"
        placeholder="s:missed d:kql !v:vps"
        autocomplete="off"
        spellcheck={false}
        value={address.query}
        onInput={(event) => change({ query: event.currentTarget.value })}
      />
      <p id="search-grammar" class="search-grammar">
        {grammar}
      </p>
    </form>
  );
};
