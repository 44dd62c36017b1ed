// The end of the snapshot's script: the parser stands before it, on the global object (see kql-snapshot.cjs).
{
  const { Language } = globalThis.Kusto;
  // Parsing builds the grammar, binding the tables of operators and functions.
  const query = `let t = datatable(a: string)["1"];
t | where a has "x" and a =~ "y" | extend b = tolong(a) | summarize n = count() by a | join kind=inner t on a
| mv-expand c = split(a, ",") | project a, n | sort by n desc | take 1`;
  Language.KustoCode.ParseAndAnalyze(query, Language.GlobalState.Default);
  require('node:v8').startupSnapshot.setDeserializeMainFunction(() => {
    // Who started this waits for a byte: where none comes, the snapshot did not start.
    process.getBuiltinModule('node:fs').writeSync(3, '+');
    const [, start] = process.argv;
    process.getBuiltinModule('node:module').createRequire(start)(start);
  });
}
