/** Keeps the processor busy for so much time of this thread's own, however long that takes. */
export function burn(seconds: number): void {
  const spent = (): number => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1e6;
  };
  const until = spent() + seconds;
  while (seconds > 0 && spent() < until);
}
