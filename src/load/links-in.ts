/** What each network interface has received and sent, in bytes, as /proc/net/dev tells it: two lines of head, then `name: received packets … sent packets …`. */
export function linksIn(
  text: string,
): readonly { readonly name: string; readonly received: number; readonly sent: number }[] {
  return text.split('\n').flatMap((line) => {
    const [, name, rest] = line.match(/^\s*([^\s:]+):\s*(.*)$/) ?? [];
    if (name === undefined || rest === undefined) return [];
    const fields = rest.trim().split(/\s+/).map(Number);
    const [received = Number.NaN, sent = Number.NaN] = [fields[0], fields[8]];
    return Number.isFinite(received) && Number.isFinite(sent) ? [{ name, received, sent }] : [];
  });
}
