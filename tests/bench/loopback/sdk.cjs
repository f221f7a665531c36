// The official Node SDK, with the same calls. Prints what the C++ programs print: calls, processor seconds, seconds.
// Usage: node sdk.cjs CALL TIMES PORT       NODE_PATH names the folder with @gohighlevel/api-client
'use strict';
const { HighLevel } = require('@gohighlevel/api-client');

const [call, times, port] = [process.argv[2], Number(process.argv[3]), process.argv[4]];
HighLevel.BASE_URL = `http://127.0.0.1:${port}`;
const api = new HighLevel({ privateIntegrationToken: 'pit-01234567-89ab-cdef-0123-456789abcdef', apiVersion: '2021-07-28' });

const links = Number(call.split('-')[2]);
const calls = {
  'delete-link': async () => {
    if ((await api.links.deleteLink({ linkId: 'n4AriwEnFrGh3tu08W0U' })).succeded !== true) throw new Error('delete-link');
  },
  'remove-followers': async () => {
    const r = await api.opportunities.removeFollowersOpportunity({ id: 'sx6wyHhbFdRXh302Lunr' },
      { followers: ['Mx6wyHhbFdRXh302Luer', 'Ka6wyHhbFdRXh302LLsA'] });
    if (r.followersRemoved.length !== 2) throw new Error('remove-followers');
  },
  'get-links': async () => {
    if ((await api.links.getLinks({ locationId: `n${links}` })).links.length !== links) throw new Error('get-links');
  },
};
const one = calls[call.startsWith('get-links') ? 'get-links' : call];

(async () => {
  await one();
  for (let i = 0; i < times; ++i) await one(); // for the compiler that runs while it runs: as many as are measured
  const cpu = process.cpuUsage();
  const before = process.hrtime.bigint();
  for (let i = 0; i < times; ++i) await one();
  const wall = Number(process.hrtime.bigint() - before) / 1e9;
  const used = process.cpuUsage(cpu);
  console.log([times, (used.user + used.system) / 1e6, wall].join('\t'));
  process.exit(0); // the SDK keeps a timer
})().catch(e => { console.error(e); process.exit(1); });
