#include "alerts/alerts.h"

#include "alerts/event.h"

namespace pysb::alerts {

Result<Alerts> Alerts::open(const std::vector<policy::FileSink>& sinks, std::string run_id) {
  Alerts alerts(std::move(run_id));
  for (const auto& sink : sinks) {
    PYSB_TRY(FileSink opened,
             FileSink::open(sink.path).context([&] { return "alerts: sinks: " + sink.name; }));
    alerts.sinks_.push_back(std::move(opened));
  }
  return alerts;
}

void Alerts::tell(const protocol::Finding& finding) {
  if (sinks_.empty()) {
    return;
  }
  const std::string line = event_line(finding, run_id_, std::chrono::system_clock::now());
  for (auto& sink : sinks_) {
    if (const auto written = sink.write_line(line); !written) {
      failures_.push_back(written.error().to_string());
    }
  }
}

}  // namespace pysb::alerts
