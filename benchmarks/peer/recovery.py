"""Output gap and recovery time from the progress logs of recovery.sh."""
import glob, json, sys
r = sys.argv[1]
t0 = int(open(r + '/event.txt').read().split()[1])
pts = []
for f in glob.glob(r + '/out-*.log'):
    prev = 0
    for l in open(f):
        x = l.split()
        if len(x) != 2 or not x[1].isdigit():
            continue
        pts.append((int(x[0]), int(x[1]) - prev)); prev = int(x[1])
pts.sort()
before = sum(n for t, n in pts if t0 - 10000 <= t < t0) / 10.0
after = [p for p in pts if p[0] >= t0]
stop = max(t for t, n in pts if t < t0 + 3)
# gap: the longest time without any output in the window after the event
ts = [t for t, n in pts if t >= t0 - 1000]
gap, g0 = max((b - a, a) for a, b in zip(ts, ts[1:]))
first = g0 + gap
# back at 80 %: end of the first 1 s bucket after the gap in which the rate is >= 80 % of the rate before
back = None
t = first
while t < ts[-1] - 1000:
    if sum(n for u, n in pts if t <= u < t + 1000) >= 0.8 * before:
        back = t + 1000 - t0
        break
    t += 100
peak = max(sum(n for u, n in pts if t <= u < t + 1000) for t in range(first, max(first + 1, ts[-1] - 1000), 500))
d = json.load(open(r + '/checkpoints-before.json'))
c = d.get('latest', {}).get('completed') or {}
s = json.load(open(r + '/checkpoints-after.json')).get('latest', {}).get('restored') or {}
print(json.dumps(dict(run=r.split('/')[-1], rate_before=round(before), gap_ms=gap, gap_starts_after_event_ms=g0 - t0, first_output_after_event_ms=first - t0,
      back_to_80pct_ms=back, catch_up_peak_rate=peak, checkpoint_age_at_event_ms=t0 - c.get('trigger_timestamp', t0), checkpoint_full_mb=round(c.get('state_size', 0) / 1e6),
      checkpoint_ms=c.get('end_to_end_duration'), restored_checkpoint=s.get('id'))))
