/** The half of pdf.js that parses; loading it is enough, the other half finds it by itself. */
declare module 'pdfjs-dist/legacy/build/pdf.worker.mjs';
