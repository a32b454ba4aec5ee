/**
 * Ends this process when the one that started it is gone, even by SIGKILL: the kernel closes the pipe that is our stdin, and nobody else
 * holds its other end. Start the child with stdio[0] = 'pipe' and never write to it.
 */
export function endWithParent(end: () => void): void {
  process.stdin.on('end', end).on('error', end).on('close', end);
  process.stdin.resume();
  // Watching must not keep a process alive that has nothing else to do.
  process.stdin.unref();
}
