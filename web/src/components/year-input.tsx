import { useTranslate } from '../i18n/translate.js';

interface YearInputProps {
  readonly value: string | null;
  readonly onChoose: (year: string) => void;
}

/** Asks for one year; nothing for any. */
export function YearInput({ value, onChoose }: YearInputProps) {
  const t = useTranslate();
  return (
    <label>
      {t('documents.year')}
      <input
        type="number"
        min={2000}
        max={2100}
        value={value ?? ''}
        onChange={(event) => onChoose(event.currentTarget.value)}
      />
    </label>
  );
}
