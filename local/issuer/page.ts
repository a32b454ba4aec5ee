import { staff } from './staff.ts';

/** The page where a newcomer picks a sample person and copies a token. It is markup of constants only: nothing of a request is in it. */
export function peoplePage(nonce: string): string {
  const rows = staff.map(member => `
      <tr>
        <th scope="row">${member.name}</th>
        <td>${member.about}</td>
        <td>${member.roles.join(', ') || 'none'}</td>
        <td><button type="button" data-login="${member.login}">Copy a token<span class="hidden"> for ${member.name}</span></button></td>
      </tr>`).join('');
  return `<!doctype html>
<html lang="en-GB">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Sample staff</title>
  <style nonce="${nonce}">
    body { font: 1.1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 62rem; padding: 0 1rem; }
    th, td { text-align: left; padding: .5rem 1rem .5rem 0; vertical-align: top; border-bottom: 1px solid #b1b4b6; }
    textarea { width: 100%; height: 8rem; font: .85rem/1.4 ui-monospace, monospace; }
    .hidden { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; white-space: nowrap; }
  </style>
</head>
<body>
<main>
  <h1>Sample staff</h1>
  <p>These people are invented. Their tokens work on this machine only, for an hour: send one as <code>Authorization: Bearer ...</code>.</p>
  <table>
    <thead><tr><th scope="col">Person</th><th scope="col">Who they are</th><th scope="col">Roles</th><th scope="col">Token</th></tr></thead>
    <tbody>${rows}
    </tbody>
  </table>
  <p role="status" id="said"></p>
  <label for="token">Token</label>
  <textarea id="token" readonly></textarea>
</main>
<script nonce="${nonce}">
  addEventListener('click', async event => {
    const login = event.target.closest('button')?.dataset.login;
    if (!login) return;
    const reply = await fetch('/token', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ login }) });
    const box = document.getElementById('token');
    box.value = (await reply.json()).access_token;
    box.select();
    await navigator.clipboard.writeText(box.value).catch(() => undefined);
    document.getElementById('said').textContent = 'The token of ' + login + ' is in the box, and copied.';
  });
</script>
</body>
</html>
`;
}
