import { failures } from "./derive";
import { ago, time } from "./format";
import type { View } from "./model";
import { Card, Nothing, Wide } from "./parts";

export function Failures({ view }: { view: View }) {
  const failed = failures(view);
  return (
    <>
      <h1>Failures and recoveries</h1>
      <Card title="Recoveries" id="recoveries">
        {view.recoveries.length === 0 ? <Nothing>The job never went back to a checkpoint since this coordinator leads.</Nothing> : (
          <Wide label="Table of recoveries">
            <table>
              <thead>
                <tr><th scope="col">When</th><th scope="col" class="number">Run</th><th scope="col">Back to</th><th scope="col">Cause</th></tr>
              </thead>
              <tbody>
                {view.recoveries.map(each => (
                  <tr key={each.run}>
                    <td class="nowrap">{time(each.atMillis)} <small>{ago(view.atMillis - each.atMillis)}</small></td>
                    <td class="number">{each.run}</td>
                    <td class="nowrap">{each.toCheckpoint === 0 ? "the beginning" : <a href={`#/checkpoints/${each.toCheckpoint}`}>checkpoint {each.toCheckpoint}</a>}</td>
                    <td class="cause">{each.cause}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Wide>
        )}
      </Card>
      <Card title="Failed checkpoints" id="failed">
        {failed.length === 0 ? <Nothing>None of the last {view.checkpoints.history.length} failed.</Nothing> : (
          <Wide label="Table of failed checkpoints">
            <table>
              <thead>
                <tr><th scope="col">Checkpoint</th><th scope="col">Began</th><th scope="col">Reason</th><th scope="col">Cause</th></tr>
              </thead>
              <tbody>
                {failed.map(each => (
                  <tr key={each.id}>
                    <th scope="row"><a href={`#/checkpoints/${each.id}`}>{each.id}</a></th>
                    <td class="nowrap">{time(each.atMillis)} <small>{ago(view.atMillis - each.atMillis)}</small></td>
                    <td>{each.failure}</td>
                    <td class="cause">{each.detail}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Wide>
        )}
      </Card>
      <Card title="Lost processes" id="lost">
        {view.lost.length === 0 ? <Nothing>No process is missing.</Nothing> : (
          <ul class="plain">
            {view.lost.map(each => (
              <li key={each.instance}><strong>{each.instance}</strong> of {each.stage}, {ago(view.atMillis - each.atMillis)}: {each.cause}</li>
            ))}
          </ul>
        )}
      </Card>
    </>
  );
}
