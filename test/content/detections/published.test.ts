import { expect } from 'chai';
import { loadContent } from '../../../src/content/load-content.ts';

// SHA-256 of each query as it was published, from its first line to the last line end.
const published = {
  't1583.003-sentinel-published': '0b8aa79929acca1f5d12b482f314e5d9db04fa94fea72cf9012f9fa0b6189831',
  't1583.004-sentinel-published': 'ee2d91b40f229ddaaf203d989fd29b2f43e6646e2deb1814c299c8d2c4f503f5',
  't1583.004-sumo-published': '32845f4258400e2f7aadf4b58feadb023007c151b19247d6d60cf0f13686ea93',
  // SigmaHQ, as of 2024-09-19 and 2023-09-26.
  '3e102cd9-a70d-4a7a-9508-403963092f31': '5fa056ac54b8a796dc558300c4ab277c2e559c87ed8e3d51413ee7313f3ece4c',
  '3761e026-f259-44e6-8826-719ed8079408': '1cf8f8bdf14232c618b499415187043afb24c35202a2f5017fa4e4cb1b90a942',
  't1583-sentinel-published': 'c01a725f056bfba8c957af1c7fe1ce2bc94c3a0f7959cc5cc4c5eeb98845bf60',
};

describe('published detections', () => {
  it('are word for word what was published', async () => {
    const { detections } = await loadContent('.');
    const found = [...detections.values()].filter(({ origin }) => origin === 'published');
    expect(Object.fromEntries(found.map(({ id, hash }) => [id, hash]))).to.deep.equal(published);
  });
});
