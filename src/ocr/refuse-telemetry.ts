/**
 * Keeps ONNX Runtime from reporting to its makers, before it is loaded. From 1.29 on its packages for Linux and macOS
 * keep an identifier of the machine and a queue of events in the user's cache folder and send them, unless this variable
 * is set when the library starts (microsoft/onnxruntime, pull request 27379). Nobody who has documents read agreed to
 * that, so whatever the variable was before counts for nothing. Must run in the process's main thread: a worker thread
 * changes a copy of the environment that libraries do not see.
 */
export function refuseTelemetry(): void {
  process.env['ORT_DISABLE_TELEMETRY'] = '1';
}
