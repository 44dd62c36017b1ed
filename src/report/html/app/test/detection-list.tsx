import type { Result } from '../../../../model/run-result.ts';
import { DetectionCells } from '../overview/detection-cells.tsx';
import '../overview/result-table.css';

/** Who noticed, with a step to why. */
export const DetectionList = ({ result }: { readonly result: Result }) =>
  result.detections.length === 0 ? (
    <p class="empty">No detection judges this test.</p>
  ) : (
    <table class="results">
      <thead class="for-readers">
        <tr>
          <th scope="col">Verdict</th>
          <th scope="col">Detection and why</th>
          <th scope="col">Rows, stage by stage</th>
        </tr>
      </thead>
      <tbody>
        {result.detections.map((detection) => (
          <tr key={detection.id}>
            <DetectionCells row={{ result, detection }} />
          </tr>
        ))}
      </tbody>
    </table>
  );
