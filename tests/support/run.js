// Calls a function with modules and values, as tests/support/javascript.py asks on standard input, and prints what it gives.

const asked = JSON.parse(await new Response(Deno.stdin.readable).text());
const modules = {};
for (const [name, address] of Object.entries(asked.modules)) modules[name] = await import(address);
const given = await (0, eval)(asked.function)(modules, ...asked.values);
const plain = (_, value) => (ArrayBuffer.isView(value) ? Array.from(value) : value);
console.log(JSON.stringify(given === undefined ? null : given, plain));
