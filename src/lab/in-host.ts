export {
  clockVariable,
  driveRoot,
  harnessFolder,
  hostNode,
  hostPrograms,
  launchers,
  markerVariable,
  recordsSocket,
} from '../model/in-host.ts';
