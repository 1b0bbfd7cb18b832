interface ChoiceProps {
  readonly name: string;
  readonly value: string | null;
  /** What no choice is called. */
  readonly any: string;
  readonly options: readonly (readonly [string, string])[];
  readonly onChoose: (value: string) => void;
}

/** A labelled list of values, one of which may be chosen. */
export function Choice({ name, value, any, options, onChoose }: ChoiceProps) {
  return (
    <label>
      {name}
      <select value={value ?? ''} onChange={(event) => onChoose(event.currentTarget.value)}>
        <option value="">{any}</option>
        {options.map(([option, label]) => (
          <option value={option} key={option}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}
