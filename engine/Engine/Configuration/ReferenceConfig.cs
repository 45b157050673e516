namespace Akka.Configuration;

/// <summary>What holds where a configuration says nothing. Names and values are those of Akka.NET's reference.</summary>
internal static class ReferenceConfig
{
    public const string Text = """
        akka {
          loggers = ["Akka.Event.DefaultLogger"]
          logger-startup-timeout = 5s
          loglevel = "INFO"
          stdout-loglevel = "INFO"
          log-dead-letters = 10
          log-dead-letters-during-shutdown = off

          actor {
            provider = "local"
            guardian-supervisor-strategy = "Akka.Actor.DefaultSupervisorStrategy"
            creation-timeout = 20s
            ask-timeout = infinite

            default-dispatcher {
              type = "Dispatcher"
              executor = "default-executor"
              throughput = 30
              throughput-deadline-time = 0ms
            }
            internal-dispatcher {
              type = "Dispatcher"
              executor = "fork-join-executor"
              throughput = 5
              throughput-deadline-time = 0ms
              fork-join-executor {
                parallelism-min = 4
                parallelism-factor = 1.0
                parallelism-max = 64
              }
            }
            default-blocking-io-dispatcher {
              type = "Dispatcher"
              executor = "default-executor"
              throughput = 1
            }
            default-mailbox {
              mailbox-type = "Akka.Dispatch.UnboundedMailbox"
              mailbox-capacity = 1000
              mailbox-push-timeout-time = 10s
            }

            serializers {
              bytes = "Akka.Serialization.ByteArraySerializer, Akka"
            }
            serialization-bindings {
              "System.Byte[]" = bytes
            }
            serialization-identifiers {
              "Akka.Serialization.ByteArraySerializer, Akka" = 4
            }

            debug {
              unhandled = off
            }
          }

          coordinated-shutdown {
            default-phase-timeout = 5s
            terminate-actor-system = on
            exit-clr = off
            run-by-clr-shutdown-hook = on
            run-by-actor-system-terminate = on
            phases {
              before-service-unbind {}
              service-unbind { depends-on = [before-service-unbind] }
              service-requests-done { depends-on = [service-unbind] }
              service-stop { depends-on = [service-requests-done] }
              before-cluster-shutdown { depends-on = [service-stop] }
              cluster-sharding-shutdown-region { timeout = 10s, depends-on = [before-cluster-shutdown] }
              cluster-leave { depends-on = [cluster-sharding-shutdown-region] }
              cluster-exiting { timeout = 10s, depends-on = [cluster-leave] }
              cluster-exiting-done { depends-on = [cluster-exiting] }
              cluster-shutdown { depends-on = [cluster-exiting-done] }
              before-actor-system-terminate { depends-on = [cluster-shutdown] }
              actor-system-terminate { timeout = 10s, depends-on = [before-actor-system-terminate] }
            }
          }
        }
        """;
}
