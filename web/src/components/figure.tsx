interface FigureProps {
  readonly value: number;
  readonly name: string;
  readonly href?: string;
}

/** A number with its name, and a way to what it counts. */
export function Figure({ value, name, href }: FigureProps) {
  return (
    <div class="figure">
      <div class="value">{value.toLocaleString('en')}</div>
      {href === undefined ? <span class="muted">{name}</span> : <a href={href}>{name}</a>}
    </div>
  );
}
