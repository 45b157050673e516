# Starts a seed and workers as programs of their own, which stay until stop.ps1. Usage: start.ps1 [-Workers 2] [-Port 4053]
param([int] $Workers = 2, [int] $Port = 4053)
$ErrorActionPreference = 'Stop'
$root = Resolve-Path (Join-Path $PSScriptRoot '../..')
$base = if ($env:ACTORCOMPUTE_STATE) { $env:ACTORCOMPUTE_STATE } else { Join-Path ([Environment]::GetFolderPath('LocalApplicationData')) 'actorcompute' }
$state = Join-Path $base "$Port"
$pids = Join-Path $state 'pids'
if (Test-Path $pids) { throw "a cluster is running on port $Port (or ended badly); run stop.ps1 -Port $Port first" }

dotnet build (Join-Path $root 'src/Cli') -c Release --nologo -v quiet
if ($LASTEXITCODE -ne 0) { throw 'the build failed' }
New-Item -ItemType Directory -Force $state | Out-Null
$bin = Join-Path $root 'artifacts/bin'
$suffix = if ($IsWindows -or $null -eq $IsWindows) { '.exe' } else { '' }

function Start-Part([string] $name, [string] $program, [string[]] $arguments) {
    $process = Start-Process -PassThru -FilePath "$program$suffix" -ArgumentList $arguments `
        -RedirectStandardOutput (Join-Path $state "$name.log") -RedirectStandardError (Join-Path $state "$name.err")
    # With when it was started: the number of a process that has ended is given to another one.
    Add-Content $pids "$($process.Id) $($process.StartTime.ToUniversalTime().Ticks)"
    $process
}

$seed = Start-Part 'seed' (Join-Path $bin 'Seed/release/actorcompute-seed') @('--port', "$Port")
foreach ($try in 1..100) {
    if (Select-String -Quiet '^listening' (Join-Path $state 'seed.log')) { break }
    if ($seed.HasExited) { Get-Content (Join-Path $state 'seed.err'); Remove-Item $pids; exit 1 }
    Start-Sleep -Milliseconds 100
}
foreach ($i in 1..$Workers) {
    Start-Part "worker-$i" (Join-Path $bin 'Worker/release/actorcompute-worker') @('--seed', "127.0.0.1:$Port", '--slots', '1', '--name', "$i") | Out-Null
}

"a seed on 127.0.0.1:$Port and $Workers workers; logs in $state"
"use it:  `$env:ACTORCOMPUTE_CLUSTER = '127.0.0.1:$Port'"
"stop it: stop.ps1 -Port $Port"
