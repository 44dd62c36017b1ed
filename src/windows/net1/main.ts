import { runProgram } from '../os/program.ts';
import { runNet } from './run-net.ts';
import { thisHost } from './this-host.ts';

/** net1.exe. */
void runProgram('net1.exe', (args) => Promise.resolve(runNet(args, thisHost())));
