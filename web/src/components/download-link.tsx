import { ask, authorization } from '../api/client.js';
import type { ComponentChildren } from 'preact';

interface DownloadLinkProps {
  readonly address: string;
  readonly name: string;
  readonly class?: string;
  readonly children: ComponentChildren;
}

/** A link to a file; where the server asks for a token, which a link cannot carry, the file is fetched first. */
export function DownloadLink({ address, name, children, ...rest }: DownloadLinkProps) {
  const fetchFirst = (event: Event): void => {
    if (Object.keys(authorization()).length === 0) return;
    event.preventDefault();
    void save(address, name);
  };
  return (
    <a href={address} download={name} onClick={fetchFirst} {...rest}>
      {children}
    </a>
  );
}

async function save(address: string, name: string): Promise<void> {
  const file = URL.createObjectURL(await (await ask(address)).blob());
  const link = Object.assign(document.createElement('a'), { href: file, download: name });
  link.click();
  URL.revokeObjectURL(file);
}
