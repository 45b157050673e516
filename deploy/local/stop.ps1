# Stops what start.ps1 started. Usage: stop.ps1 [-Port 4053]
param([int] $Port = 4053)
$ErrorActionPreference = 'Stop'
$base = if ($env:ACTORCOMPUTE_STATE) { $env:ACTORCOMPUTE_STATE } else { Join-Path ([Environment]::GetFolderPath('LocalApplicationData')) 'actorcompute' }
$pids = Join-Path (Join-Path $base "$Port") 'pids'
if (-not (Test-Path $pids)) { throw "no cluster was started on port $Port" }

# Workers before the seed. A node ends when its keeper does: it holds the pipe that keeps it alive.
$all = @(Get-Content $pids)
[array]::Reverse($all)
foreach ($line in $all) {
    $id, $started = $line -split ' '
    $process = Get-Process -Id $id -ErrorAction SilentlyContinue
    if ($process -and "$($process.StartTime.ToUniversalTime().Ticks)" -eq $started) { Stop-Process -InputObject $process -ErrorAction SilentlyContinue }
}
Remove-Item $pids
'stopped'
