import { useEffect, useRef, useState } from 'preact/hooks';

/** What is typed is asked for when the typing pauses for so long. */
const PAUSE_MS = 250;

interface SearchBoxProps {
  readonly name: string;
  readonly value: string;
  readonly onSearch: (text: string) => void;
}

/** A field to type into that asks by itself. */
export function SearchBox({ name, value, onSearch }: SearchBoxProps) {
  const [typed, setTyped] = useState(value);
  const latest = useRef({ value, onSearch });
  latest.current = { value, onSearch };
  useEffect(() => {
    if (typed === latest.current.value) return undefined;
    const timer = setTimeout(() => latest.current.onSearch(typed), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <label class="grow">
      {name}
      <input type="search" value={typed} onInput={(event) => setTyped(event.currentTarget.value)} />
    </label>
  );
}
