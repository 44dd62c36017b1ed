export const exitCodesHelp = `
Exit codes, the first that applies:
  70   a bug of ours                         1  a gap: an expectation was not met
  130  interrupted (143: terminated)         4  something was left behind
  2    wrong usage or invalid content        0  every expectation was met
  3    the environment: no lab, a host, sensor or service died

Examples:
  tocsin run                                 drill the main scenario on the best driver here
  tocsin run scenarios/t1583-003.yaml --driver namespace
  tocsin replay reports/RUN                  judge a recorded run again, no lab
  tocsin run --baseline reports/baseline.json
                                             say what got worse, and what may have caused it
  tocsin check                               every problem of every content file, in one pass
  tocsin cleanup                             end what a killed run left behind
`;
