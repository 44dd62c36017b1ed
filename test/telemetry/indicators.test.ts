import { expect } from 'chai';
import type { Indicator } from '../../src/model/manifest.ts';
import { productRows } from '../support/product-rows.ts';

const indicator: Indicator = {
  value: '203.0.113.7',
  type: 'ipv4-addr',
  threatType: 'C2',
  confidence: 80,
  description: "the lab's VPS",
  active: true,
};

const rowsOf = (table: string, indicators: readonly Indicator[]) =>
  productRows(table, [], { manifest: { indicators } });

describe('declared indicators', () => {
  it('are rows of ThreatIntelligenceIndicator, known from the start of the drill', async () => {
    expect(await rowsOf('ThreatIntelligenceIndicator', [indicator])).to.deep.equal([
      {
        TimeGenerated: '2026-11-20 11:59:00Z',
        SourceSystem: 'tocsin',
        Type: 'ThreatIntelligenceIndicator',
        IndicatorId: 'fa92bdf216f45f48b4ea0f5ce0502c38',
        ExternalIndicatorId: 'indicator:0',
        IndicatorProvider: 'tocsin',
        ThreatType: 'C2',
        ConfidenceScore: 80,
        Description: "the lab's VPS",
        Active: true,
        NetworkIP: '203.0.113.7',
      },
    ]);
  });

  it('are rows of ThreatIntelIndicators, as STIX patterns', async () => {
    const [row] = await rowsOf('ThreatIntelIndicators', [indicator]);
    expect(row).to.include({
      TimeGenerated: '2026-11-20 11:59:00Z',
      ObservableKey: 'ipv4-addr:value',
      ObservableValue: '203.0.113.7',
      Pattern: "[ipv4-addr:value = '203.0.113.7']",
      Confidence: 80,
      IsActive: true,
      Revoked: false,
      IsDeleted: false,
    });
    expect(JSON.parse(String(row?.['Data']))).to.include({ type: 'indicator', description: "the lab's VPS" });
  });

  it('go to the column of their kind', async () => {
    const [domain, url] = await rowsOf('ThreatIntelligenceIndicator', [
      { ...indicator, type: 'domain-name', value: 'c2.example' },
      { ...indicator, type: 'url', value: 'http://c2.example/x', active: false },
    ]);
    expect(domain).to.include({ DomainName: 'c2.example' }).and.not.have.any.keys('NetworkIP', 'Url');
    expect(url)
      .to.include({ Url: 'http://c2.example/x', Active: false })
      .and.not.have.any.keys('NetworkIP', 'DomainName');
  });

  it('cannot break out of a pattern', async () => {
    const [row] = await rowsOf('ThreatIntelIndicators', [{ ...indicator, type: 'url', value: String.raw`a\'] OR [x` }]);
    expect(row?.['Pattern']).to.equal(String.raw`[url:value = 'a\\\'] OR [x']`);
  });

  it('are in drill time under a compressed clock', async () => {
    const hour = 3_600_000_000;
    const [row] = await productRows('ThreatIntelligenceIndicator', [], {
      manifest: {
        indicators: [indicator],
        startedAt: '1970-01-01T01:01:00Z',
        clock: { scale: 60, startMicros: hour },
      },
    });
    expect(row?.['TimeGenerated']).to.equal('1970-01-01 02:00:00Z');
  });
});
